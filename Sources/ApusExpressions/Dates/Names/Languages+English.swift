// Written by Tests/ApusExpressionsTests/JavaReference/Names.java with JDK 21; do not edit.
// Source: Unicode CLDR, as Java prints it.

extension Languages {
    static let english = """
        root
        M3=Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec
        M4=Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec
        M5=1|2|3|4|5|6|7|8|9|10|11|12
        E3=Mon|Tue|Wed|Thu|Fri|Sat|Sun
        E4=Mon|Tue|Wed|Thu|Fri|Sat|Sun
        E5=M|T|W|T|F|S|S
        Q3=Q1|Q2|Q3|Q4
        Q4=Q1|Q2|Q3|Q4
        q3=1|2|3|4
        G3=BC|AD
        G4=BCE|CE
        G5=BCE|CE
        a=AM|PM
        B1=0 AM|12 PM
        full=y MMMM d, EEEE HH:mm:ss zzzz
        long=y MMMM d HH:mm:ss z
        medium=y MMM d HH:mm:ss
        short=y-MM-dd HH:mm
        O=GMT
        UTC=Coordinated Universal Time
        GMT=Greenwich Mean Time

        en
        M3=Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec
        M4=January|February|March|April|May|June|July|August|September|October|November|December
        M5=J|F|M|A|M|J|J|A|S|O|N|D
        E3=Mon|Tue|Wed|Thu|Fri|Sat|Sun
        E4=Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday
        E5=M|T|W|T|F|S|S
        Q3=Q1|Q2|Q3|Q4
        Q4=1st quarter|2nd quarter|3rd quarter|4th quarter
        G3=BC|AD
        G4=Before Christ|Anno Domini
        G5=B|A
        a=AM|PM
        B1=0 at night|6 in the morning|12 in the afternoon|18 in the evening|21 at night|@0\u{20}\
        midnight|@12 noon
        B5=0 at night|6 in the morning|12 in the afternoon|18 in the evening|21 at night|@0\u{20}\
        mi|@12 n
        full=EEEE, MMMM d, y, h:mm:ss\u{202F}a zzzz
        long=MMMM d, y, h:mm:ss\u{202F}a z
        medium=MMM d, y, h:mm:ss\u{202F}a
        short=M/d/yy, h:mm\u{202F}a
        O=GMT
        UTC=Coordinated Universal Time
        GMT=Greenwich Mean Time

        en_AU
        M3=Jan|Feb|Mar|Apr|May|June|July|Aug|Sept|Oct|Nov|Dec
        L3=Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sept|Oct|Nov|Dec
        E5=M.|Tu.|W.|Th.|F.|Sa.|Su.
        c5=M.|Tu.|W.|Th.|F.|Sa.|Su.
        a=am|pm
        B1=0 at night|6 in the morning|12 in the afternoon|18 in the evening|21 at night|@0\u{20}\
        midnight|@12 midday
        B4=0 at night|6 in the morning|12 in the afternoon|18 in the evening|21 at night|@0\u{20}\
        midnight|@12 midday
        B5=0 night|6 morning|12 afternoon|18 evening|21 night|@0 midnight|@12 midday
        full=EEEE, d MMMM y, h:mm:ss\u{202F}a zzzz
        long=d MMMM y, h:mm:ss\u{202F}a z
        medium=d MMM y, h:mm:ss\u{202F}a
        short=d/M/yy, h:mm\u{202F}a

        en_CA
        a=a.m.|p.m.
        B5=0 night|6 mor|12 aft|18 eve|21 night|@0 mid|@12 n
        short=y-MM-dd, h:mm\u{202F}a

        en_GB
        M3=Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sept|Oct|Nov|Dec
        L3=Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sept|Oct|Nov|Dec
        a=am|pm
        full=EEEE, d MMMM y, HH:mm:ss zzzz
        long=d MMMM y, HH:mm:ss z
        medium=d MMM y, HH:mm:ss
        short=dd/MM/y, HH:mm

        en_IE
        M3=Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sept|Oct|Nov|Dec
        L3=Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sept|Oct|Nov|Dec
        a=a.m.|p.m.
        full=EEEE d MMMM y, HH:mm:ss zzzz
        long=d MMMM y, HH:mm:ss z
        medium=d MMM y, HH:mm:ss
        short=dd/MM/y, HH:mm

        en_IN
        M3=Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sept|Oct|Nov|Dec
        L3=Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sept|Oct|Nov|Dec
        a=am|pm
        full=EEEE, d MMMM, y, h:mm:ss\u{202F}a zzzz
        long=d MMMM y, h:mm:ss\u{202F}a z
        medium=dd-MMM-y, h:mm:ss\u{202F}a
        short=dd/MM/yy, h:mm\u{202F}a

        en_NZ
        M3=Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sept|Oct|Nov|Dec
        L3=Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sept|Oct|Nov|Dec
        a=am|pm
        full=EEEE, d MMMM y, h:mm:ss\u{202F}a zzzz
        long=d MMMM y, h:mm:ss\u{202F}a z
        medium=d/MM/y, h:mm:ss\u{202F}a
        short=d/MM/yy, h:mm\u{202F}a

        en_ZA
        M3=Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sept|Oct|Nov|Dec
        L3=Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sept|Oct|Nov|Dec
        a=am|pm
        full=EEEE, dd MMMM y, HH:mm:ss zzzz
        long=dd MMMM y, HH:mm:ss z
        medium=dd MMM y, HH:mm:ss
        short=y/MM/dd, HH:mm

        """
}
