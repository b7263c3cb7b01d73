// Written by Tests/ApusExpressionsTests/JavaReference/Names.java with JDK 21; do not edit.
// Source: Unicode CLDR, as Java prints it.

extension ZoneNames {
    static let table = """
        EST|EDT|ET|Eastern Standard Time|Eastern Daylight Time|Eastern Time:America/New_York\u{20}\
        America/Atikokan America/Cancun America/Cayman America/Coral_Harbour America/Detroit\u{20}\
        America/Fort_Wayne America/Grand_Turk America/Indiana/Indianapolis America/Indiana/Maren\
        go America/Indiana/Petersburg America/Indiana/Vevay America/Indiana/Vincennes America/In\
        diana/Winamac America/Indianapolis America/Iqaluit America/Jamaica America/Kentucky/Loui\
        sville America/Kentucky/Monticello America/Louisville America/Montreal America/Nassau\u{20}\
        America/Nipigon America/Panama America/Pangnirtung America/Port-au-Prince America/Thunde\
        r_Bay America/Toronto Canada/Eastern EST5EDT Jamaica US/East-Indiana US/Eastern US/Michi\
        gan
        CST|CDT|CT|Central Standard Time|Central Daylight Time|Central Time:America/Chicago\u{20}\
        America/Bahia_Banderas America/Belize America/Chihuahua America/Costa_Rica America/El_Sa\
        lvador America/Guatemala America/Indiana/Knox America/Indiana/Tell_City America/Knox_IN\u{20}\
        America/Managua America/Matamoros America/Menominee America/Merida America/Mexico_City\u{20}\
        America/Monterrey America/North_Dakota/Beulah America/North_Dakota/Center America/North_\
        Dakota/New_Salem America/Ojinaga America/Rainy_River America/Rankin_Inlet America/Regina\
         America/Resolute America/Swift_Current America/Tegucigalpa America/Winnipeg CST6CDT\u{20}\
        Canada/Central Canada/Saskatchewan Mexico/General US/Central US/Indiana-Starke
        MST|MDT|MT|Mountain Standard Time|Mountain Daylight Time|Mountain Time:America/Denver\u{20}\
        America/Boise America/Cambridge_Bay America/Ciudad_Juarez America/Creston America/Dawson\
        _Creek America/Edmonton America/Fort_Nelson America/Inuvik America/Phoenix America/Shipr\
        ock America/Yellowknife Canada/Mountain MST7MDT Navajo US/Arizona US/Mountain
        PST|PDT|PT|Pacific Standard Time|Pacific Daylight Time|Pacific Time:America/Los_Angeles\u{20}\
        America/Ensenada America/Tijuana America/Vancouver Canada/Pacific Mexico/BajaNorte\u{20}\
        PST8PDT US/Pacific
        AKST|AKDT|AKT|Alaska Standard Time|Alaska Daylight Time|Alaska Time:America/Juneau\u{20}\
        America/Anchorage America/Metlakatla America/Nome America/Sitka America/Yakutat US/Alask\
        a
        HST|HDT|HST|Hawaii-Aleutian Standard Time|Hawaii-Aleutian Daylight Time|Hawaii-Aleutian\u{20}\
        Time:Pacific/Honolulu US/Hawaii
        AST|ADT|AT|Atlantic Standard Time|Atlantic Daylight Time|Atlantic Time:America/Halifax\u{20}\
        America/Anguilla America/Antigua America/Aruba America/Barbados America/Blanc-Sablon\u{20}\
        America/Curacao America/Dominica America/Glace_Bay America/Goose_Bay America/Grenada\u{20}\
        America/Guadeloupe America/Kralendijk America/Lower_Princes America/Marigot America/Mart\
        inique America/Moncton America/Montserrat America/Port_of_Spain America/Puerto_Rico\u{20}\
        America/Santo_Domingo America/St_Barthelemy America/St_Kitts America/St_Lucia America/St\
        _Thomas America/St_Vincent America/Thule America/Tortola America/Virgin Atlantic/Bermuda\
         Canada/Atlantic
        GMT|BST|BT|Greenwich Mean Time|British Summer Time|British Time:Europe/London Europe/Bel\
        fast Europe/Guernsey Europe/Isle_of_Man Europe/Jersey GB GB-Eire
        CET|CEST|CET|Central European Standard Time|Central European Summer Time|Central Europea\
        n Time:Europe/Paris Africa/Algiers Africa/Ceuta Africa/Tunis Arctic/Longyearbyen Atlanti\
        c/Jan_Mayen Europe/Amsterdam Europe/Andorra Europe/Belgrade Europe/Berlin Europe/Bratisl\
        ava Europe/Brussels Europe/Budapest Europe/Busingen Europe/Copenhagen Europe/Gibraltar\u{20}\
        Europe/Ljubljana Europe/Luxembourg Europe/Madrid Europe/Malta Europe/Monaco Europe/Oslo\u{20}\
        Europe/Podgorica Europe/Prague Europe/Rome Europe/San_Marino Europe/Sarajevo Europe/Skop\
        je Europe/Stockholm Europe/Tirane Europe/Vaduz Europe/Vatican Europe/Vienna Europe/Warsa\
        w Europe/Zagreb Europe/Zurich Poland
        EET|EEST|EET|Eastern European Standard Time|Eastern European Summer Time|Eastern Europea\
        n Time:Europe/Bucharest Europe/Athens Africa/Cairo Africa/Tripoli Asia/Beirut Asia/Gaza\u{20}\
        Asia/Hebron Asia/Nicosia Egypt Europe/Chisinau Europe/Helsinki Europe/Kaliningrad Europe\
        /Kiev Europe/Kyiv Europe/Mariehamn Europe/Nicosia Europe/Riga Europe/Sofia Europe/Tallin\
        n Europe/Tiraspol Europe/Uzhgorod Europe/Vilnius Europe/Zaporozhye Libya
        WET|WEST|WET|Western European Standard Time|Western European Summer Time|Western Europea\
        n Time:Atlantic/Canary Europe/Lisbon Africa/Casablanca Africa/El_Aaiun Atlantic/Faeroe\u{20}\
        Atlantic/Faroe Atlantic/Madeira Portugal
        MSK|MSD|MT|Moscow Standard Time|Moscow Summer Time|Moscow Time:Europe/Moscow Europe/Mins\
        k Europe/Simferopol W-SU
        IST|IDT|IT|India Standard Time|India Daylight Time|India Time:Asia/Kolkata Asia/Calcutta\
         Asia/Colombo
        JST|JDT|JT|Japan Standard Time|Japan Daylight Time|Japan Time:Asia/Tokyo Japan
        CST|CDT|CT|China Standard Time|China Daylight Time|China Time:Asia/Shanghai Asia/Chongqi\
        ng Asia/Chungking Asia/Harbin Asia/Macao Asia/Macau PRC
        KST|KDT|KT|Korean Standard Time|Korean Daylight Time|Korean Time:Asia/Seoul Asia/Pyongya\
        ng ROK
        AEST|AEDT|AET|Australian Eastern Standard Time|Australian Eastern Daylight Time|Eastern\u{20}\
        Australia Time:Australia/Sydney Antarctica/Macquarie Australia/ACT Australia/Brisbane\u{20}\
        Australia/Canberra Australia/Currie Australia/Hobart Australia/Lindeman Australia/Melbou\
        rne Australia/NSW Australia/Queensland Australia/Tasmania Australia/Victoria
        NZST|NZDT|NZT|New Zealand Standard Time|New Zealand Daylight Time|New Zealand Time:Pacif\
        ic/Auckland Antarctica/McMurdo Antarctica/South_Pole NZ
        UTC|UTC|UTC|Coordinated Universal Time|Coordinated Universal Time|Coordinated Universal\u{20}\
        Time:Etc/UTC UTC Etc/UCT Etc/Universal Etc/Zulu UCT Universal Zulu
        GMT|GMT|GMT|Greenwich Mean Time|Greenwich Mean Time|Greenwich Mean Time:Africa/Abidjan\u{20}\
        Africa/Bamako Africa/Banjul Africa/Bissau Africa/Conakry Africa/Dakar Africa/Freetown\u{20}\
        Africa/Lome Africa/Monrovia Africa/Nouakchott Africa/Ouagadougou Africa/Sao_Tome Africa/\
        Timbuktu America/Danmarkshavn Atlantic/Reykjavik Atlantic/St_Helena Etc/GMT Etc/GMT+0\u{20}\
        Etc/GMT-0 Etc/GMT0 Etc/Greenwich GMT GMT0 Greenwich Iceland
        GMT|GHST|GMT|Greenwich Mean Time|Ghana Summer Time|Ghana Mean Time:Africa/Accra
        EAT|EAST|EAT|East Africa Time|Eastern African Summer Time|Eastern Africa Time:Africa/Nai\
        robi Africa/Addis_Ababa Africa/Asmara Africa/Asmera Africa/Dar_es_Salaam Africa/Djibouti\
         Africa/Kampala Africa/Mogadishu Indian/Antananarivo Indian/Comoro Indian/Mayotte
        WAT|WAST|WAT|West Africa Standard Time|West Africa Summer Time|West Africa Time:Africa/L\
        agos Africa/Bangui Africa/Brazzaville Africa/Douala Africa/Kinshasa Africa/Libreville\u{20}\
        Africa/Luanda Africa/Malabo Africa/Ndjamena Africa/Niamey Africa/Porto-Novo
        CAT|CAST|CAT|Central Africa Time|Central African Summer Time|Central Africa Time:Africa/\
        Maputo Africa/Blantyre Africa/Bujumbura Africa/Gaborone Africa/Harare Africa/Juba Africa\
        /Khartoum Africa/Kigali Africa/Lubumbashi Africa/Lusaka
        SAST|SAST|SAT|South Africa Standard Time|South Africa Summer Time|South Africa Time:Afri\
        ca/Johannesburg Africa/Maseru Africa/Mbabane
        CAT|WAT|CAT|Central Africa Time|Western African Time|Central African Time:Africa/Windhoe\
        k
        HAST|HADT|HAT|Hawaii-Aleutian Standard Time|Hawaii-Aleutian Daylight Time|Hawaii-Aleutia\
        n Time:America/Adak America/Atka Pacific/Johnston US/Aleutian
        BRT|BRST|BRT|Brasilia Standard Time|Brasilia Summer Time|Brasilia Time:America/Sao_Paulo\
         America/Araguaina America/Bahia America/Belem America/Fortaleza America/Maceio America/\
        Recife America/Santarem Brazil/East
        ART|ARST|ART|Argentina Standard Time|Argentina Summer Time|Argentina Time:America/Argent\
        ina/Buenos_Aires America/Argentina/Catamarca America/Argentina/ComodRivadavia America/Ar\
        gentina/Cordoba America/Argentina/Jujuy America/Argentina/La_Rioja America/Argentina/Men\
        doza America/Argentina/Rio_Gallegos America/Argentina/Salta America/Argentina/San_Juan\u{20}\
        America/Argentina/San_Luis America/Argentina/Tucuman America/Argentina/Ushuaia America/B\
        uenos_Aires America/Catamarca America/Cordoba America/Jujuy America/Mendoza America/Rosa\
        rio
        PYT|PYST|PYT|Paraguay Standard Time|Paraguay Summer Time|Paraguay Time:America/Asuncion
        AMT|AMST|AMT|Amazon Standard Time|Amazon Summer Time|Amazon Time:America/Manaus America/\
        Boa_Vista America/Campo_Grande America/Cuiaba America/Porto_Velho Brazil/West
        COT|COST|COT|Colombia Standard Time|Colombia Summer Time|Colombia Time:America/Bogota
        VET|VEST|VET|Venezuela Time|Venezuela Summer Time|Venezuela Time:America/Caracas
        GFT|GFST|GFT|French Guiana Time|French Guiana Summer Time|French Guiana Time:America/Cay\
        enne
        GMT-03:00|GMT-03:00|GMT-03:00|Coyhaique Standard Time|Coyhaique Daylight Time|Coyhaique\u{20}\
        Time:America/Coyhaique
        MST|MDT|MT|Yukon Time|Mountain Daylight Time|Mountain Time:America/Whitehorse America/Da\
        wson Canada/Yukon
        ACT|ACST|ACT|Acre Standard Time|Acre Summer Time|Acre Time:America/Rio_Branco America/Ei\
        runepe America/Porto_Acre Brazil/Acre
        WGT|WGST|WGT|West Greenland Standard Time|West Greenland Summer Time|West Greenland\u{20}\
        Time:America/Nuuk America/Godthab
        ECT|ECST|ECT|Ecuador Time|Ecuador Summer Time|Ecuador Time:America/Guayaquil
        GYT|GYST|GYT|Guyana Time|Guyana Summer Time|Guyana Time:America/Guyana
        CST|CDT|CT|Cuba Standard Time|Cuba Daylight Time|Cuba Time:America/Havana Cuba
        MST|MDT|MT|Mexican Pacific Standard Time|Mexican Pacific Daylight Time|Mexican Pacific\u{20}\
        Time:America/Mazatlan America/Hermosillo Mexico/BajaSur
        BOT|BOST|BOT|Bolivia Time|Bolivia Summer Time|Bolivia Time:America/La_Paz
        PET|PEST|PET|Peru Standard Time|Peru Summer Time|Peru Time:America/Lima
        PMST|PMDT|PMT|St. Pierre & Miquelon Standard Time|St. Pierre & Miquelon Daylight Time|St\
        . Pierre & Miquelon Time:America/Miquelon
        UYT|UYST|UYT|Uruguay Standard Time|Uruguay Summer Time|Uruguay Time:America/Montevideo
        FNT|FNST|FNT|Fernando de Noronha Standard Time|Fernando de Noronha Summer Time|Fernando\u{20}\
        de Noronha Time:America/Noronha Brazil/DeNoronha
        SRT|SRST|SRT|Suriname Time|Suriname Summer Time|Suriname Time:America/Paramaribo
        GMT-03:00|GMT-03:00|GMT-03:00|Punta Arenas Standard Time|Punta Arenas Standard Time|Punt\
        a Arenas Time:America/Punta_Arenas
        PST|PDT|PT|Northwest Mexico Standard Time|Northwest Mexico Daylight Time|Northwest\u{20}\
        Mexico Time:America/Santa_Isabel
        CLT|CLST|CLT|Chile Standard Time|Chile Summer Time|Chile Time:America/Santiago Chile/Con\
        tinental
        EGT|EGST|EGT|East Greenland Standard Time|East Greenland Summer Time|East Greenland\u{20}\
        Time:America/Scoresbysund
        NST|NDT|NT|Newfoundland Standard Time|Newfoundland Daylight Time|Newfoundland Time:Ameri\
        ca/St_Johns Canada/Newfoundland
        AWST|AWDT|AWT|Casey Time|Australian Western Daylight Time|Australian Western Time:Antarc\
        tica/Casey
        DAVT|DAVST|DAVT|Davis Time|Davis Summer Time|Davis Time:Antarctica/Davis
        DDUT|DDUST|DDUT|Dumont-d’Urville Time|Dumont-d'Urville Summer Time|Dumont-d'Urville\u{20}\
        Time:Antarctica/DumontDUrville
        MAWT|MAWST|MAWT|Mawson Time|Mawson Summer Time|Mawson Time:Antarctica/Mawson
        CLT|CLST|CLT|Chile Time|Chile Summer Time|Chile Time:Antarctica/Palmer
        ROTT|ROTST|ROTT|Rothera Time|Rothera Summer Time|Rothera Time:Antarctica/Rothera
        SYOT|SYOST|SYOT|Syowa Time|Syowa Summer Time|Syowa Time:Antarctica/Syowa
        GMT|CEST|ATT|Greenwich Mean Time|Central European Summer Time|Troll Time:Antarctica/Trol\
        l
        VOST|VOSST|VOST|Vostok Time|Vostok Summer Time|Vostok Time:Antarctica/Vostok
        AST|ADT|AT|Arabian Standard Time|Arabian Daylight Time|Arabian Time:Asia/Riyadh Asia/Ade\
        n Asia/Baghdad Asia/Bahrain Asia/Kuwait Asia/Qatar
        ALMT|ALMST|ALMT|East Kazakhstan Time|Alma-Ata Summer Time|Alma-Ata Time:Asia/Almaty
        EET|EEST|EET|Eastern European Time|Eastern European Summer Time|Eastern European Time:As\
        ia/Amman Asia/Damascus Asia/Famagusta EET
        ANAT|ANAST|ANAT|Anadyr Standard Time|Anadyr Summer Time|Anadyr Time:Asia/Anadyr
        AQTT|AQTST|AQTT|West Kazakhstan Time|Aqtau Summer Time|Aqtau Time:Asia/Aqtau
        AQTT|AQTST|AQTT|West Kazakhstan Time|Aqtobe Summer Time|Aqtobe Time:Asia/Aqtobe
        TMT|TMST|TMT|Turkmenistan Standard Time|Turkmenistan Summer Time|Turkmenistan Time:Asia/\
        Ashgabat Asia/Ashkhabad
        GMT+05:00|GMT+05:00|GMT+05:00|West Kazakhstan Time|Atyrau Daylight Time|Atyrau Time:Asia\
        /Atyrau
        AZT|AZST|AZT|Azerbaijan Standard Time|Azerbaijan Summer Time|Azerbaijan Time:Asia/Baku
        ICT|ICST|ICT|Indochina Time|Indochina Summer Time|Indochina Time:Asia/Bangkok Asia/Ho_Ch\
        i_Minh Asia/Phnom_Penh Asia/Saigon Asia/Vientiane
        GMT+07:00|GMT+07:00|GMT+07:00|Barnaul Standard Time|Barnaul Daylight Time|Barnaul Time:A\
        sia/Barnaul
        KGT|KGST|KGT|Kyrgyzstan Time|Kirgizstan Summer Time|Kirgizstan Time:Asia/Bishkek
        BNT|BNST|BNT|Brunei Darussalam Time|Brunei Summer Time|Brunei Time:Asia/Brunei
        YAKT|YAKST|YAKT|Yakutsk Standard Time|Yakutsk Summer Time|Yakutsk Time:Asia/Yakutsk\u{20}\
        Asia/Chita Asia/Khandyga
        CHOT|CHOST|CHOT|Ulaanbaatar Standard Time|Ulaanbaatar Summer Time|Ulaanbaatar Time:Asia/\
        Choibalsan
        BDT|BDST|BDT|Bangladesh Standard Time|Bangladesh Summer Time|Bangladesh Time:Asia/Dhaka\u{20}\
        Asia/Dacca
        TLT|TLST|TLT|East Timor Time|Timor-Leste Summer Time|Timor-Leste Time:Asia/Dili
        GST|GDT|GT|Gulf Standard Time|Gulf Daylight Time|Gulf Time:Asia/Dubai Asia/Muscat
        TJT|TJST|TJT|Tajikistan Time|Tajikistan Summer Time|Tajikistan Time:Asia/Dushanbe
        HKT|HKST|HKT|Hong Kong Standard Time|Hong Kong Summer Time|Hong Kong Time:Asia/Hong_Kong\
         Hongkong
        HOVT|HOVST|HOVT|Hovd Standard Time|Hovd Summer Time|Hovd Time:Asia/Hovd
        IRKT|IRKST|IRKT|Irkutsk Standard Time|Irkutsk Summer Time|Irkutsk Time:Asia/Irkutsk
        TRT|TRST|TRT|Turkey Time|Turkey Summer Time|Turkey Time:Europe/Istanbul Asia/Istanbul\u{20}\
        Turkey
        WIB|WIST|WIB|Western Indonesia Time|West Indonesia Summer Time|West Indonesia Time:Asia/\
        Jakarta Asia/Pontianak
        WIT|EIST|WIT|Eastern Indonesia Time|East Indonesia Summer Time|East Indonesia Time:Asia/\
        Jayapura
        IST|IDT|IT|Israel Standard Time|Israel Daylight Time|Israel Time:Asia/Jerusalem Asia/Tel\
        _Aviv Israel
        AFT|AFST|AFT|Afghanistan Time|Afghanistan Summer Time|Afghanistan Time:Asia/Kabul
        PETT|PETST|PETT|Petropavlovsk-Kamchatski Standard Time|Petropavlovsk-Kamchatski Summer\u{20}\
        Time|Petropavlovsk-Kamchatski Time:Asia/Kamchatka
        PKT|PKST|PKT|Pakistan Standard Time|Pakistan Summer Time|Pakistan Time:Asia/Karachi
        XJT|XJDT|XJT|Xinjiang Standard Time|Xinjiang Daylight Time|Xinjiang Time:Asia/Urumqi\u{20}\
        Asia/Kashgar
        NPT|NPST|NPT|Nepal Time|Nepal Summer Time|Nepal Time:Asia/Kathmandu Asia/Katmandu
        KRAT|KRAST|KRAT|Krasnoyarsk Standard Time|Krasnoyarsk Summer Time|Krasnoyarsk Time:Asia/\
        Krasnoyarsk Asia/Novokuznetsk
        MYT|MYST|MYT|Malaysia Time|Malaysia Summer Time|Malaysia Time:Asia/Kuching Asia/Kuala_Lu\
        mpur
        MAGT|MAGST|MAGT|Magadan Standard Time|Magadan Summer Time|Magadan Time:Asia/Magadan
        WITA|CIST|WITA|Central Indonesia Time|Central Indonesia Summer Time|Central Indonesia\u{20}\
        Time:Asia/Makassar Asia/Ujung_Pandang
        PST|PDT|PT|Philippine Standard Time|Philippine Summer Time|Philippine Time:Asia/Manila
        NOVT|NOVST|NOVT|Novosibirsk Standard Time|Novosibirsk Summer Time|Novosibirsk Time:Asia/\
        Novosibirsk
        OMST|OMSST|OMST|Omsk Standard Time|Omsk Summer Time|Omsk Time:Asia/Omsk
        ORAT|ORAST|ORAT|West Kazakhstan Time|Oral Summer Time|Oral Time:Asia/Oral
        QOST|QOSST|QOST|East Kazakhstan Time|Kostanay Summer Time|Kostanay Time:Asia/Qostanay
        QYZT|QYZST|QYZT|West Kazakhstan Time|Qyzylorda Summer Time|Qyzylorda Time:Asia/Qyzylorda
        MMT|MMST|MMT|Myanmar Time|Myanmar Summer Time|Myanmar Time:Asia/Yangon Asia/Rangoon
        SAKT|SAKST|SAKT|Sakhalin Standard Time|Sakhalin Summer Time|Sakhalin Time:Asia/Sakhalin
        UZT|UZST|UZT|Uzbekistan Standard Time|Uzbekistan Summer Time|Uzbekistan Time:Asia/Tashke\
        nt Asia/Samarkand
        SGT|SGST|SGT|Singapore Standard Time|Singapore Summer Time|Singapore Time:Asia/Singapore\
         Singapore
        SRET|SREDT|SRET|Srednekolymsk Time|Srednekolymsk Daylight Time|Srednekolymsk Time:Asia/S\
        rednekolymsk
        CST|CDT|CT|Taipei Standard Time|Taipei Daylight Time|Taipei Time:Asia/Taipei
        GET|GEST|GET|Georgia Standard Time|Georgia Summer Time|Georgia Time:Asia/Tbilisi
        IRST|IRDT|IRT|Iran Standard Time|Iran Daylight Time|Iran Time:Asia/Tehran Iran
        BTT|BTST|BTT|Bhutan Time|Bhutan Summer Time|Bhutan Time:Asia/Thimphu Asia/Thimbu
        GMT+07:00|GMT+07:00|GMT+07:00|Tomsk Standard Time|Tomsk Daylight Time|Tomsk Time:Asia/To\
        msk
        ULAT|ULAST|ULAT|Ulaanbaatar Standard Time|Ulaanbaatar Summer Time|Ulaanbaatar Time:Asia/\
        Ulaanbaatar Asia/Ulan_Bator
        VLAT|VLAST|VLAT|Vladivostok Standard Time|Vladivostok Summer Time|Vladivostok Time:Asia/\
        Vladivostok Asia/Ust-Nera
        YEKT|YEKST|YEKT|Yekaterinburg Standard Time|Yekaterinburg Summer Time|Yekaterinburg\u{20}\
        Time:Asia/Yekaterinburg
        AMT|AMST|AMT|Armenia Standard Time|Armenia Summer Time|Armenia Time:Asia/Yerevan
        AZOT|AZOST|AZOT|Azores Standard Time|Azores Summer Time|Azores Time:Atlantic/Azores
        CVT|CVST|CVT|Cape Verde Standard Time|Cape Verde Summer Time|Cape Verde Time:Atlantic/Ca\
        pe_Verde
        GST|GDT|GT|South Georgia Time|South Georgia Daylight Time|South Georgia Time:Atlantic/So\
        uth_Georgia
        FKT|FKST|FKT|Falkland Islands Standard Time|Falkland Islands Summer Time|Falkland Island\
        s Time:Atlantic/Stanley
        ACST|ACDT|ACT|Australian Central Standard Time|Australian Central Daylight Time|Central\u{20}\
        Australia Time:Australia/Adelaide Australia/Broken_Hill Australia/Darwin Australia/North\
         Australia/South Australia/Yancowinna
        ACWST|ACWDT|ACWT|Australian Central Western Standard Time|Australian Central Western\u{20}\
        Daylight Time|Australian Central Western Time:Australia/Eucla
        LHST|LHDT|LHT|Lord Howe Standard Time|Lord Howe Daylight Time|Lord Howe Time:Australia/L\
        ord_Howe Australia/LHI
        AWST|AWDT|AWT|Australian Western Standard Time|Australian Western Daylight Time|Western\u{20}\
        Australia Time:Australia/Perth Australia/West
        CET|CEST|CET|Central European Time|Central European Summer Time|Central European Time:CE\
        T
        EAST|EASST|EAST|Easter Island Standard Time|Easter Island Summer Time|Easter Island\u{20}\
        Time:Pacific/Easter Chile/EasterIsland
        GMT|IST|IT|Greenwich Mean Time|Irish Standard Time|Irish Time:Eire Europe/Dublin
        GMT-01:00|GMT-01:00|GMT-01:00|GMT-01:00|GMT-01:00|GMT-01:00:Etc/GMT+1
        GMT-10:00|GMT-10:00|GMT-10:00|GMT-10:00|GMT-10:00|GMT-10:00:Etc/GMT+10
        GMT-11:00|GMT-11:00|GMT-11:00|GMT-11:00|GMT-11:00|GMT-11:00:Etc/GMT+11
        GMT-12:00|GMT-12:00|GMT-12:00|GMT-12:00|GMT-12:00|GMT-12:00:Etc/GMT+12
        GMT-02:00|GMT-02:00|GMT-02:00|GMT-02:00|GMT-02:00|GMT-02:00:Etc/GMT+2
        GMT-03:00|GMT-03:00|GMT-03:00|GMT-03:00|GMT-03:00|GMT-03:00:Etc/GMT+3
        GMT-04:00|GMT-04:00|GMT-04:00|GMT-04:00|GMT-04:00|GMT-04:00:Etc/GMT+4
        GMT-05:00|GMT-05:00|GMT-05:00|GMT-05:00|GMT-05:00|GMT-05:00:Etc/GMT+5
        GMT-06:00|GMT-06:00|GMT-06:00|GMT-06:00|GMT-06:00|GMT-06:00:Etc/GMT+6
        GMT-07:00|GMT-07:00|GMT-07:00|GMT-07:00|GMT-07:00|GMT-07:00:Etc/GMT+7
        GMT-08:00|GMT-08:00|GMT-08:00|GMT-08:00|GMT-08:00|GMT-08:00:Etc/GMT+8
        GMT-09:00|GMT-09:00|GMT-09:00|GMT-09:00|GMT-09:00|GMT-09:00:Etc/GMT+9
        GMT+01:00|GMT+01:00|GMT+01:00|GMT+01:00|GMT+01:00|GMT+01:00:Etc/GMT-1
        GMT+10:00|GMT+10:00|GMT+10:00|GMT+10:00|GMT+10:00|GMT+10:00:Etc/GMT-10
        GMT+11:00|GMT+11:00|GMT+11:00|GMT+11:00|GMT+11:00|GMT+11:00:Etc/GMT-11
        GMT+12:00|GMT+12:00|GMT+12:00|GMT+12:00|GMT+12:00|GMT+12:00:Etc/GMT-12
        GMT+13:00|GMT+13:00|GMT+13:00|GMT+13:00|GMT+13:00|GMT+13:00:Etc/GMT-13
        GMT+14:00|GMT+14:00|GMT+14:00|GMT+14:00|GMT+14:00|GMT+14:00:Etc/GMT-14
        GMT+02:00|GMT+02:00|GMT+02:00|GMT+02:00|GMT+02:00|GMT+02:00:Etc/GMT-2
        GMT+03:00|GMT+03:00|GMT+03:00|GMT+03:00|GMT+03:00|GMT+03:00:Etc/GMT-3
        GMT+04:00|GMT+04:00|GMT+04:00|GMT+04:00|GMT+04:00|GMT+04:00:Etc/GMT-4
        GMT+05:00|GMT+05:00|GMT+05:00|GMT+05:00|GMT+05:00|GMT+05:00:Etc/GMT-5
        GMT+06:00|GMT+06:00|GMT+06:00|GMT+06:00|GMT+06:00|GMT+06:00:Etc/GMT-6
        GMT+07:00|GMT+07:00|GMT+07:00|GMT+07:00|GMT+07:00|GMT+07:00:Etc/GMT-7
        GMT+08:00|GMT+08:00|GMT+08:00|GMT+08:00|GMT+08:00|GMT+08:00:Etc/GMT-8
        GMT+09:00|GMT+09:00|GMT+09:00|GMT+09:00|GMT+09:00|GMT+09:00:Etc/GMT-9
        GMT+04:00|GMT+04:00|GMT+04:00|Astrakhan Standard Time|Astrakhan Standard Time|Astrakhan\u{20}\
        Time:Europe/Astrakhan
        MSK|MSD|MT|Moscow Standard Time|Moscow Daylight Time|Moscow Time:Europe/Kirov
        SAMT|SAMST|SAMT|Samara Standard Time|Samara Summer Time|Samara Time:Europe/Samara
        GMT+04:00|GMT+04:00|GMT+04:00|Saratov Standard Time|Saratov Standard Time|Saratov Time:E\
        urope/Saratov
        GMT+04:00|GMT+04:00|GMT+04:00|Ulyanovsk Standard Time|Ulyanovsk Standard Time|Ulyanovsk\u{20}\
        Time:Europe/Ulyanovsk
        MSK|MSD|MT|Volgograd Standard Time|Volgograd Summer Time|Volgograd Time:Europe/Volgograd
        IOT|IOST|IOT|Indian Ocean Time|Indian Ocean Territory Summer Time|Indian Ocean Territory\
         Time:Indian/Chagos
        CXT|CXST|CIT|Christmas Island Time|Christmas Island Summer Time|Christmas Island Time:In\
        dian/Christmas
        CCT|CCST|CCT|Cocos Islands Time|Cocos Islands Summer Time|Cocos Islands Time:Indian/Coco\
        s
        TFT|TFST|TFT|French Southern & Antarctic Time|French Southern & Antarctic Lands Summer\u{20}\
        Time|French Southern & Antarctic Lands Time:Indian/Kerguelen
        SCT|SCST|SCT|Seychelles Time|Seychelles Summer Time|Seychelles Time:Indian/Mahe
        MVT|MVST|MVT|Maldives Time|Maldives Summer Time|Maldives Time:Indian/Maldives
        MUT|MUST|MUT|Mauritius Standard Time|Mauritius Summer Time|Mauritius Time:Indian/Mauriti\
        us
        RET|REST|RET|Réunion Time|Reunion Summer Time|Reunion Time:Indian/Reunion
        MHT|MHST|MHT|Marshall Islands Time|Marshall Islands Summer Time|Marshall Islands Time:Kw\
        ajalein Pacific/Kwajalein Pacific/Majuro
        MET|MEST|MET|Middle Europe Time|Middle Europe Summer Time|Middle Europe Time:MET
        CHAST|CHADT|CHAT|Chatham Standard Time|Chatham Daylight Time|Chatham Time:Pacific/Chatha\
        m NZ-CHAT
        WSST|WSDT|WST|Apia Standard Time|Apia Daylight Time|Apia Time:Pacific/Apia
        BST|BST|BT|Bougainville Standard Time|Bougainville Daylight Time|Bougainville Time:Pacif\
        ic/Bougainville
        CHUT|CHUST|CHUT|Chuuk Time|Chuuk Summer Time|Chuuk Time:Pacific/Chuuk Pacific/Truk\u{20}\
        Pacific/Yap
        VUT|VUST|VUT|Vanuatu Standard Time|Vanuatu Summer Time|Vanuatu Time:Pacific/Efate
        PHOT|PHOST|PHOT|Phoenix Islands Time|Phoenix Is. Summer Time|Phoenix Is. Time:Pacific/Ka\
        nton Pacific/Enderbury
        TKT|TKST|TKT|Tokelau Time|Tokelau Summer Time|Tokelau Time:Pacific/Fakaofo
        FJT|FJST|FJT|Fiji Standard Time|Fiji Summer Time|Fiji Time:Pacific/Fiji
        TVT|TVST|TVT|Tuvalu Time|Tuvalu Summer Time|Tuvalu Time:Pacific/Funafuti
        GALT|GALST|GALT|Galapagos Time|Galapagos Summer Time|Galapagos Time:Pacific/Galapagos
        GAMT|GAMST|GAMT|Gambier Time|Gambier Summer Time|Gambier Time:Pacific/Gambier
        SBT|SBST|SBT|Solomon Islands Time|Solomon Is. Summer Time|Solomon Is. Time:Pacific/Guada\
        lcanal
        ChST|ChDT|ChT|Chamorro Standard Time|Chamorro Daylight Time|Chamorro Time:Pacific/Guam\u{20}\
        Pacific/Saipan
        LINT|LINST|LINT|Line Islands Time|Line Is. Summer Time|Line Is. Time:Pacific/Kiritimati
        KOST|KOSST|KOST|Kosrae Time|Kosrae Summer Time|Kosrae Time:Pacific/Kosrae
        MART|MARST|MART|Marquesas Time|Marquesas Summer Time|Marquesas Time:Pacific/Marquesas
        SST|SDT|ST|Samoa Standard Time|Samoa Daylight Time|Samoa Time:Pacific/Pago_Pago Pacific/\
        Midway Pacific/Samoa US/Samoa
        NRT|NRST|NRT|Nauru Time|Nauru Summer Time|Nauru Time:Pacific/Nauru
        NUT|NUST|NUT|Niue Time|Niue Summer Time|Niue Time:Pacific/Niue
        NFT|NFST|NFT|Norfolk Island Standard Time|Norfolk Island Daylight Time|Norfolk Island\u{20}\
        Time:Pacific/Norfolk
        NCT|NCST|NCT|New Caledonia Standard Time|New Caledonia Summer Time|New Caledonia Time:Pa\
        cific/Noumea
        PWT|PWST|PWT|Palau Time|Palau Summer Time|Palau Time:Pacific/Palau
        PST|PDT|PT|Pitcairn Time|Pitcairn Daylight Time|Pitcairn Time:Pacific/Pitcairn
        PONT|PONST|PONT|Ponape Time|Pohnpei Summer Time|Ponape Time:Pacific/Pohnpei Pacific/Pona\
        pe
        PGT|PGST|PGT|Papua New Guinea Time|Papua New Guinea Summer Time|Papua New Guinea Time:Pa\
        cific/Port_Moresby
        CKT|CKHST|CKT|Cook Islands Standard Time|Cook Islands Half Summer Time|Cook Islands\u{20}\
        Time:Pacific/Rarotonga
        TAHT|TAHST|TAHT|Tahiti Time|Tahiti Summer Time|Tahiti Time:Pacific/Tahiti
        GILT|GILST|GILT|Gilbert Islands Time|Gilbert Is. Summer Time|Gilbert Is. Time:Pacific/Ta\
        rawa
        TOT|TOST|TOT|Tonga Standard Time|Tonga Summer Time|Tonga Time:Pacific/Tongatapu
        WAKT|WAKST|WAKT|Wake Island Time|Wake Summer Time|Wake Time:Pacific/Wake
        WFT|WFST|WFT|Wallis & Futuna Time|Wallis & Futuna Summer Time|Wallis & Futuna Time:Pacif\
        ic/Wallis
        WET|WEST|WET|Western European Time|Western European Summer Time|Western European Time:WE\
        T
        """

    /// Short names that mean another zone than the first that has them.
    static let meantByShort = """
        Africa/Abidjan:ATT|GHST|IST|IT
        Antarctica/Palmer:CLST|CLT
        Asia/Almaty:QOSST|QOST
        Asia/Aqtobe:AQTST|AQTT|ORAST|ORAT|QYZST|QYZT
        Asia/Bangkok:CIT|CXST|CXT
        Asia/Dubai:REST|RET|SCST|SCT
        Asia/Kuching:BNST|BNT
        Asia/Riyadh:SYOST|SYOT
        Asia/Ulaanbaatar:CHOST|CHOT
        Asia/Yangon:CCST|CCT
        Atlantic/South_Georgia:GDT|GST|GT
        Australia/Perth:AWDT|AWST|AWT
        Europe/Moscow:MT
        Europe/Paris:MEST|MET
        Indian/Maldives:TFST|TFT
        Pacific/Bougainville:BST|BT
        Pacific/Easter:EAST
        Pacific/Guadalcanal:PONST|PONT
        Pacific/Honolulu:HADT|HAST|HAT
        Pacific/Port_Moresby:CHUST|CHUT|DDUST|DDUT
        Pacific/Tarawa:MHST|MHT|TVST|TVT|WAKST|WAKT|WFST|WFT
        """

    /// Full names that mean another zone than the first that has them.
    static let meantByLong = """
        Africa/Abidjan:British Summer Time|British Time|Ghana Mean Time|Ghana Summer Time|Greenw\
        ich Mean Time|Irish Standard Time|Irish Time|Troll Time
        Africa/Maputo:Central African Time|Western African Time
        America/Tijuana:Northwest Mexico Daylight Time|Northwest Mexico Standard Time|Northwest\u{20}\
        Mexico Time
        Antarctica/Palmer:Chile Summer Time|Chile Time
        Asia/Almaty:Kostanay Summer Time|Kostanay Time
        Asia/Aqtobe:Aqtau Summer Time|Aqtau Time|Atyrau Daylight Time|Atyrau Time|Oral Summer\u{20}\
        Time|Oral Time|Qyzylorda Summer Time|Qyzylorda Time|West Kazakhstan Time
        Asia/Bangkok:Christmas Island Summer Time|Christmas Island Time
        Asia/Dubai:Reunion Summer Time|Reunion Time|Réunion Time|Seychelles Summer Time|Seychell\
        es Time
        Asia/Kuching:Brunei Darussalam Time|Brunei Summer Time|Brunei Time
        Asia/Riyadh:Syowa Summer Time|Syowa Time
        Asia/Ulaanbaatar:Ulaanbaatar Standard Time|Ulaanbaatar Summer Time|Ulaanbaatar Time
        Asia/Yangon:Cocos Islands Summer Time|Cocos Islands Time
        Australia/Perth:Australian Western Daylight Time
        Europe/Paris:Middle Europe Summer Time|Middle Europe Time
        Indian/Maldives:French Southern & Antarctic Lands Summer Time|French Southern & Antarcti\
        c Lands Time|French Southern & Antarctic Time
        Pacific/Guadalcanal:Pohnpei Summer Time|Ponape Time
        Pacific/Port_Moresby:Chuuk Summer Time|Chuuk Time|Dumont-d'Urville Summer Time|Dumont-d'\
        Urville Time|Dumont-d’Urville Time
        Pacific/Tarawa:Marshall Islands Summer Time|Marshall Islands Time|Tuvalu Summer Time|Tuv\
        alu Time|Wake Island Time|Wake Summer Time|Wake Time|Wallis & Futuna Summer Time|Wallis\u{20}\
        & Futuna Time
        """
}
