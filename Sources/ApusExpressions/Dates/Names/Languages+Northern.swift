// Written by Tests/ApusExpressionsTests/JavaReference/Names.java with JDK 21; do not edit.
// Source: Unicode CLDR, as Java prints it.

extension Languages {
    static let northern = """
        cs
        M3=led|úno|bře|dub|kvě|čvn|čvc|srp|zář|říj|lis|pro
        M4=ledna|února|března|dubna|května|června|července|srpna|září|října|listopadu|prosince
        M5=1|2|3|4|5|6|7|8|9|10|11|12
        L4=leden|únor|březen|duben|květen|červen|červenec|srpen|září|říjen|listopad|prosinec
        E3=po|út|st|čt|pá|so|ne
        E4=pondělí|úterý|středa|čtvrtek|pátek|sobota|neděle
        E5=P|Ú|S|Č|P|S|N
        Q3=Q1|Q2|Q3|Q4
        Q4=1. čtvrtletí|2. čtvrtletí|3. čtvrtletí|4. čtvrtletí
        G3=př.Kr.|po Kr.
        G4=př. n. l.|n. l.
        G5=př.n.l.|n.l.
        a=dop.|odp.
        B1=0 v noci|4 ráno|9 dopoledne|12 odpoledne|18 večer|22 v noci|@0 půlnoc|@12 poledne
        B5=0 n.|4 r.|9 d.|12 o.|18 v.|22 n.|@0 půl.|@12 pol.
        full=EEEE d. MMMM y H:mm:ss, zzzz
        long=d. MMMM y H:mm:ss z
        medium=d. M. y H:mm:ss
        short=dd.MM.yy H:mm
        O=GMT
        UTC=koordinovaný světový čas
        GMT=greenwichský střední čas

        da
        M3=jan.|feb.|mar.|apr.|maj|jun.|jul.|aug.|sep.|okt.|nov.|dec.
        M4=januar|februar|marts|april|maj|juni|juli|august|september|oktober|november|december
        M5=J|F|M|A|M|J|J|A|S|O|N|D
        E3=man.|tirs.|ons.|tors.|fre.|lør.|søn.
        E4=mandag|tirsdag|onsdag|torsdag|fredag|lørdag|søndag
        E5=M|T|O|T|F|L|S
        Q3=1. kvt.|2. kvt.|3. kvt.|4. kvt.
        Q4=1. kvartal|2. kvartal|3. kvartal|4. kvartal
        G3=f.Kr.|e.Kr.
        G4=f.Kr.|e.Kr.
        G5=fKr|eKr
        a=AM|PM
        B1=0 om natten|5 om morgenen|10 om formiddagen|12 om eftermiddagen|18 om aftenen|@0\u{20}\
        midnat
        full=EEEE 'den' d. MMMM y HH.mm.ss zzzz
        long=d. MMMM y HH.mm.ss z
        medium=d. MMM y HH.mm.ss
        short=dd.MM.y HH.mm
        O=GMT
        UTC=Koordineret universaltid
        GMT=GMT

        fi
        M3=tammik.|helmik.|maalisk.|huhtik.|toukok.|kesäk.|heinäk.|elok.|syysk.|lokak.|marrask.|\
        jouluk.
        M4=tammikuuta|helmikuuta|maaliskuuta|huhtikuuta|toukokuuta|kesäkuuta|heinäkuuta|elokuuta\
        |syyskuuta|lokakuuta|marraskuuta|joulukuuta
        M5=T|H|M|H|T|K|H|E|S|L|M|J
        L3=tammi|helmi|maalis|huhti|touko|kesä|heinä|elo|syys|loka|marras|joulu
        L4=tammikuu|helmikuu|maaliskuu|huhtikuu|toukokuu|kesäkuu|heinäkuu|elokuu|syyskuu|lokakuu\
        |marraskuu|joulukuu
        E3=ma|ti|ke|to|pe|la|su
        E4=maanantaina|tiistaina|keskiviikkona|torstaina|perjantaina|lauantaina|sunnuntaina
        E5=M|T|K|T|P|L|S
        c4=maanantai|tiistai|keskiviikko|torstai|perjantai|lauantai|sunnuntai
        Q3=1. nelj.|2. nelj.|3. nelj.|4. nelj.
        Q4=1. neljännes|2. neljännes|3. neljännes|4. neljännes
        G3=eKr.|jKr.
        G4=ennen Kristuksen syntymää|jälkeen Kristuksen syntymän
        G5=eKr|jKr
        a=ap.|ip.
        B1=0 yöllä|5 aamulla|10 aamupäivällä|12 iltapäivällä|18 illalla|23 yöllä|@0 keskiyöllä|@\
        12 keskipäivällä
        B5=0 yöllä|5 aamulla|10 ap.|12 ip.|18 illalla|23 yöllä|@0 ky.|@12 kp.
        full=cccc d. MMMM y H.mm.ss zzzz
        long=d. MMMM y H.mm.ss z
        medium=d.M.y H.mm.ss
        short=d.M.y H.mm
        O=UTC
        UTC=UTC-yleisaika
        GMT=Greenwichin normaaliaika

        hu
        M3=jan.|febr.|márc.|ápr.|máj.|jún.|júl.|aug.|szept.|okt.|nov.|dec.
        M4=január|február|március|április|május|június|július|augusztus|szeptember|október|novem\
        ber|december
        M5=J|F|M|Á|M|J|J|A|Sz|O|N|D
        E3=H|K|Sze|Cs|P|Szo|V
        E4=hétfő|kedd|szerda|csütörtök|péntek|szombat|vasárnap
        E5=H|K|Sz|Cs|P|Sz|V
        Q3=I. n.év|II. n.év|III. n.év|IV. n.év
        Q4=I. negyedév|II. negyedév|III. negyedév|IV. negyedév
        q3=1. n.év|2. n.év|3. n.év|4. n.év
        q4=1. negyedév|2. negyedév|3. negyedév|4. negyedév
        G3=i.e.|i.u.
        G4=időszámításunk előtt|időszámításunk szerint
        G5=ie.|isz.
        a=de.|du.
        B1=0 éjjel|4 hajnal|6 reggel|9 délelőtt|12 délután|18 este|21 éjjel|@0 éjfél|@12 dél
        B5=0 éjjel|4 hajnal|6 reggel|9 de.|12 du.|18 este|21 éjjel|@0 éjfél|@12 dél
        full=y. MMMM d., EEEE H:mm:ss zzzz
        long=y. MMMM d. H:mm:ss z
        medium=y. MMM d. H:mm:ss
        short=y. MM. dd. H:mm
        O=GMT
        UTC=koordinált világidő
        GMT=greenwichi középidő, téli idő

        nb
        M3=jan.|feb.|mars|apr.|mai|juni|juli|aug.|sep.|okt.|nov.|des.
        M4=januar|februar|mars|april|mai|juni|juli|august|september|oktober|november|desember
        M5=J|F|M|A|M|J|J|A|S|O|N|D
        L3=jan|feb|mar|apr|mai|jun|jul|aug|sep|okt|nov|des
        E3=man.|tir.|ons.|tor.|fre.|lør.|søn.
        E4=mandag|tirsdag|onsdag|torsdag|fredag|lørdag|søndag
        E5=M|T|O|T|F|L|S
        Q3=K1|K2|K3|K4
        Q4=1. kvartal|2. kvartal|3. kvartal|4. kvartal
        G3=f.Kr.|e.Kr.
        G4=før Kristus|etter Kristus
        G5=f.Kr.|e.Kr.
        a=a.m.|p.m.
        B1=0 på natten|6 på morgenen|10 på formiddagen|12 på ettermiddagen|18 på kvelden|@0\u{20}\
        midnatt
        B5=0 nt.|6 mg.|10 fm.|12 em.|18 kv.|@0 mn.
        full=EEEE d. MMMM y, HH:mm:ss zzzz
        long=d. MMMM y, HH:mm:ss z
        medium=d. MMM y, HH:mm:ss
        short=dd.MM.y, HH:mm
        O=GMT
        UTC=koordinert universaltid
        GMT=Greenwich middeltid

        pl
        M3=sty|lut|mar|kwi|maj|cze|lip|sie|wrz|paź|lis|gru
        M4=stycznia|lutego|marca|kwietnia|maja|czerwca|lipca|sierpnia|września|października|list\
        opada|grudnia
        M5=s|l|m|k|m|c|l|s|w|p|l|g
        L4=styczeń|luty|marzec|kwiecień|maj|czerwiec|lipiec|sierpień|wrzesień|październik|listop\
        ad|grudzień
        L5=S|L|M|K|M|C|L|S|W|P|L|G
        E3=pon.|wt.|śr.|czw.|pt.|sob.|niedz.
        E4=poniedziałek|wtorek|środa|czwartek|piątek|sobota|niedziela
        E5=p|w|ś|c|p|s|n
        c5=P|W|Ś|C|P|S|N
        Q3=I kw.|II kw.|III kw.|IV kw.
        Q4=I kwartał|II kwartał|III kwartał|IV kwartał
        G3=p.n.e.|n.e.
        G4=p.n.e.|n.e.
        G5=p.n.e.|n.e.
        a=AM|PM
        B1=0 w nocy|6 rano|10 przed południem|12 po południu|18 wieczorem|21 w nocy|@0 o północy\
        |@12 w południe
        B5=0 w nocy|6 rano|10 przed poł.|12 po poł.|18 wiecz.|21 w nocy|@0 o półn.|@12 w poł.
        full=EEEE, d MMMM y HH:mm:ss zzzz
        long=d MMMM y HH:mm:ss z
        medium=d MMM y, HH:mm:ss
        short=d.MM.y, HH:mm
        O=GMT
        UTC=uniwersalny czas koordynowany
        GMT=czas uniwersalny

        ro
        M3=ian.|feb.|mar.|apr.|mai|iun.|iul.|aug.|sept.|oct.|nov.|dec.
        M4=ianuarie|februarie|martie|aprilie|mai|iunie|iulie|august|septembrie|octombrie|noiembr\
        ie|decembrie
        M5=I|F|M|A|M|I|I|A|S|O|N|D
        E3=lun.|mar.|mie.|joi|vin.|sâm.|dum.
        E4=luni|marți|miercuri|joi|vineri|sâmbătă|duminică
        E5=L|M|M|J|V|S|D
        Q3=trim. I|trim. II|trim. III|trim. IV
        Q4=trimestrul I|trimestrul al II-lea|trimestrul al III-lea|trimestrul al IV-lea
        G3=d.C.|î.d.C.
        G4=înainte de Hristos|după Hristos
        G5=î.Hr.|d.Hr.
        a=a.m.|p.m.
        B1=0 noaptea|5 dimineața|12 după-amiaza|18 seara|22 noaptea|@0 la miezul nopții|@12\u{20}\
        la amiază
        B5=0 noaptea|5 dimineața|12 după-amiaza|18 seara|22 noaptea|@0 miezul nopții|@12 amiază
        full=EEEE, d MMMM y, HH:mm:ss zzzz
        long=d MMMM y, HH:mm:ss z
        medium=d MMM y, HH:mm:ss
        short=dd.MM.y, HH:mm
        O=GMT
        UTC=Timpul universal coordonat
        GMT=Ora de Greenwhich

        ru
        M3=янв.|февр.|мар.|апр.|мая|июн.|июл.|авг.|сент.|окт.|нояб.|дек.
        M4=января|февраля|марта|апреля|мая|июня|июля|августа|сентября|октября|ноября|декабря
        M5=Я|Ф|М|А|М|И|И|А|С|О|Н|Д
        L3=янв.|февр.|март|апр.|май|июнь|июль|авг.|сент.|окт.|нояб.|дек.
        L4=январь|февраль|март|апрель|май|июнь|июль|август|сентябрь|октябрь|ноябрь|декабрь
        E3=пн|вт|ср|чт|пт|сб|вс
        E4=понедельник|вторник|среда|четверг|пятница|суббота|воскресенье
        E5=П|В|С|Ч|П|С|В
        Q3=1-й кв.|2-й кв.|3-й кв.|4-й кв.
        Q4=1-й квартал|2-й квартал|3-й квартал|4-й квартал
        G3=до н.э.|н.э.
        G4=до Рождества Христова|от Рождества Христова
        G5=до н.э.|н.э.
        a=AM|PM
        B1=0 ночи|4 утра|12 дня|18 вечера|22 ночи|@0 полночь|@12 полдень
        B5=0 ночи|4 утра|12 дня|18 веч.|22 ночи|@0 полн.|@12 полд.
        full=EEEE, d MMMM y\u{202F}'г'., HH:mm:ss zzzz
        long=d MMMM y\u{202F}'г'., HH:mm:ss z
        medium=d MMM y\u{202F}'г'., HH:mm:ss
        short=dd.MM.y, HH:mm
        O=GMT
        UTC=Всемирное координированное время
        GMT=Среднее время по Гринвичу

        sv
        M3=jan.|feb.|mars|apr.|maj|juni|juli|aug.|sep.|okt.|nov.|dec.
        M4=januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|december
        M5=J|F|M|A|M|J|J|A|S|O|N|D
        E3=mån|tis|ons|tors|fre|lör|sön
        E4=måndag|tisdag|onsdag|torsdag|fredag|lördag|söndag
        E5=M|T|O|T|F|L|S
        Q3=K1|K2|K3|K4
        Q4=1:a kvartalet|2:a kvartalet|3:e kvartalet|4:e kvartalet
        G3=före Kristus|efter Kristus
        G4=före Kristus|efter Kristus
        G5=f.Kr.|e.Kr.
        a=fm|em
        B1=0 på natten|5 på morgonen|10 på förmiddagen|12 på eftermiddagen|18 på kvällen|@0\u{20}\
        midnatt
        B5=0 på natten|5 på morg.|10 på förm.|12 på efterm.|18 på kvällen|@0 midn.
        full=EEEE d MMMM y HH:mm:ss zzzz
        long=d MMMM y HH:mm:ss z
        medium=d MMM y HH:mm:ss
        short=y-MM-dd HH:mm
        O=GMT
        UTC=koordinerad universell tid
        GMT=Greenwichtid

        tr
        M3=Oca|Şub|Mar|Nis|May|Haz|Tem|Ağu|Eyl|Eki|Kas|Ara
        M4=Ocak|Şubat|Mart|Nisan|Mayıs|Haziran|Temmuz|Ağustos|Eylül|Ekim|Kasım|Aralık
        M5=O|Ş|M|N|M|H|T|A|E|E|K|A
        E3=Pzt|Sal|Çar|Per|Cum|Cmt|Paz
        E4=Pazartesi|Salı|Çarşamba|Perşembe|Cuma|Cumartesi|Pazar
        E5=P|S|Ç|P|C|C|P
        Q3=Ç1|Ç2|Ç3|Ç4
        Q4=1. çeyrek|2. çeyrek|3. çeyrek|4. çeyrek
        G3=MÖ|MS
        G4=Milattan Önce|Milattan Sonra
        G5=MÖ|MS
        a=ÖÖ|ÖS
        B1=0 gece|6 sabah|11 öğleden önce|12 öğleden sonra|18 akşamüstü|19 akşam|21 gece|@0\u{20}\
        gece yarısı|@12 öğle
        B5=0 gece|6 sabah|11 öğleden önce|12 öğleden sonra|18 akşamüstü|19 akşam|21 gece|@12\u{20}\
        ö
        full=d MMMM y EEEE HH:mm:ss zzzz
        long=d MMMM y HH:mm:ss z
        medium=d MMM y HH:mm:ss
        short=d.MM.y HH:mm
        O=GMT
        UTC=Eş Güdümlü Evrensel Zaman
        GMT=Greenwich Ortalama Saati

        uk
        M3=січ.|лют.|бер.|квіт.|трав.|черв.|лип.|серп.|вер.|жовт.|лист.|груд.
        M4=січня|лютого|березня|квітня|травня|червня|липня|серпня|вересня|жовтня|листопада|грудн\
        я
        M5=с|л|б|к|т|ч|л|с|в|ж|л|г
        L3=січ|лют|бер|кві|тра|чер|лип|сер|вер|жов|лис|гру
        L4=січень|лютий|березень|квітень|травень|червень|липень|серпень|вересень|жовтень|листопа\
        д|грудень
        L5=С|Л|Б|К|Т|Ч|Л|С|В|Ж|Л|Г
        E3=пн|вт|ср|чт|пт|сб|нд
        E4=понеділок|вівторок|середа|четвер|пʼятниця|субота|неділя
        E5=П|В|С|Ч|П|С|Н
        Q3=1-й кв.|2-й кв.|3-й кв.|4-й кв.
        Q4=1-й квартал|2-й квартал|3-й квартал|4-й квартал
        G3=до н.е.|після н.е.
        G4=до нашої ери|нашої ери
        G5=до н.е.|н.е.
        a=дп|пп
        B1=0 ночі|4 ранку|12 дня|18 вечора|@0 опівночі|@12 пополудні
        B5=0 ночі|4 ранку|12 дня|18 вечора|@0 північ|@12 п
        full=EEEE, d MMMM y\u{202F}'р'., HH:mm:ss zzzz
        long=d MMMM y\u{202F}'р'., HH:mm:ss z
        medium=d MMM y\u{202F}'р'., HH:mm:ss
        short=dd.MM.yy, HH:mm
        O=GMT
        UTC=за всесвітнім координованим часом
        GMT=за Гринвічем

        """
}
