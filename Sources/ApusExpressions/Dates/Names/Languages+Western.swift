// Written by Tests/ApusExpressionsTests/JavaReference/Names.java with JDK 21; do not edit.
// Source: Unicode CLDR, as Java prints it.

extension Languages {
    static let western = """
        de
        M3=Jan.|Feb.|März|Apr.|Mai|Juni|Juli|Aug.|Sept.|Okt.|Nov.|Dez.
        M4=Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember
        M5=J|F|M|A|M|J|J|A|S|O|N|D
        L3=Jan|Feb|Mär|Apr|Mai|Jun|Jul|Aug|Sep|Okt|Nov|Dez
        E3=Mo.|Di.|Mi.|Do.|Fr.|Sa.|So.
        E4=Montag|Dienstag|Mittwoch|Donnerstag|Freitag|Samstag|Sonntag
        E5=M|D|M|D|F|S|S
        c3=Mo|Di|Mi|Do|Fr|Sa|So
        Q3=Q1|Q2|Q3|Q4
        Q4=1. Quartal|2. Quartal|3. Quartal|4. Quartal
        G3=v. Chr.|n. Chr.
        G4=v. Chr.|n. Chr.
        G5=v. Chr.|n. Chr.
        a=AM|PM
        B1=0 nachts|5 morgens|10 vormittags|12 mittags|13 nachmittags|18 abends|@0 Mitternacht
        B5=0 nachts|5 morgens|10 vorm.|12 mittags|13 nachm.|18 abends|@0 Mitternacht
        full=EEEE, d. MMMM y, HH:mm:ss zzzz
        long=d. MMMM y, HH:mm:ss z
        medium=dd.MM.y, HH:mm:ss
        short=dd.MM.yy, HH:mm
        O=GMT
        UTC=Koordinierte Weltzeit
        GMT=Mittlere Greenwich-Zeit

        de_AT
        M3=Jän.|Feb.|März|Apr.|Mai|Juni|Juli|Aug.|Sep.|Okt.|Nov.|Dez.
        M4=Jänner|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember
        L3=Jän|Feb|Mär|Apr|Mai|Jun|Jul|Aug|Sep|Okt|Nov|Dez
        L4=Jänner|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember

        de_CH

        es
        M3=ene|feb|mar|abr|may|jun|jul|ago|sept|oct|nov|dic
        M4=enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciem\
        bre
        M5=E|F|M|A|M|J|J|A|S|O|N|D
        E3=lun|mar|mié|jue|vie|sáb|dom
        E4=lunes|martes|miércoles|jueves|viernes|sábado|domingo
        E5=L|M|X|J|V|S|D
        Q3=T1|T2|T3|T4
        Q4=1.er trimestre|2.º trimestre|3.er trimestre|4.º trimestre
        G3=antes de Cristo|anno Dómini
        G4=antes de Cristo|después de Cristo
        G5=a. C.|d. C.
        a=a.\u{A0}m.|p.\u{A0}m.
        B1=0 de la madrugada|6 de la mañana|12 de la tarde|20 de la noche|@12 del mediodía
        full=EEEE, d 'de' MMMM 'de' y, H:mm:ss (zzzz)
        long=d 'de' MMMM 'de' y, H:mm:ss z
        medium=d MMM y, H:mm:ss
        short=d/M/yy, H:mm
        O=GMT
        UTC=tiempo universal coordinado
        GMT=hora del meridiano de Greenwich

        es_AR
        E5=L|M|M|J|V|S|D
        c5=L|M|M|J|V|S|D
        Q3=1.er trimestre|2.º trimestre|3.er trimestre|4.º trimestre
        G5=a.C.|d.C.
        B1=0 madrugada|6 mañana|12 tarde|20 noche|@12 mediodía
        B4=0 madrugada|6 mañana|12 tarde|20 noche|@12 mediodía
        B5=0 madrugada|6 mañana|12 tarde|20 noche|@12 mediodía
        full=EEEE, d 'de' MMMM 'de' y, HH:mm:ss zzzz
        long=d 'de' MMMM 'de' y, HH:mm:ss z
        medium=d MMM y HH:mm:ss
        short=d/M/yy, HH:mm
        UTC=hora universal coordinada

        es_MX
        E5=L|M|M|J|V|S|D
        c5=L|M|M|J|V|S|D
        Q3=1.er trimestre|2.º trimestre|3.er trimestre|4.º trimestre
        G5=a.C.|d.C.
        B5=0 de la madrugada|6 mañana|12 de la tarde|20 de la noche|@12 del mediodía
        full=EEEE, d 'de' MMMM 'de' y, HH:mm:ss zzzz
        long=d 'de' MMMM 'de' y, HH:mm:ss z
        medium=d MMM y HH:mm:ss
        short=dd/MM/yy, HH:mm
        UTC=hora universal coordinada

        es_US
        E5=L|M|M|J|V|S|D
        c5=L|M|M|J|V|S|D
        Q3=1er trimestre|2.º trimestre|3.º trimestre|4.º trimestre
        Q4=1er trimestre|2.º trimestre|3.º trimestre|4.º trimestre
        q4=1er trimestre|2.º trimestre|3.º trimestre|4.º trimestre
        G3=a.C.|d.C.
        G5=a.C.|d.C.
        full=EEEE, d 'de' MMMM 'de' y, h:mm:ss\u{202F}a zzzz
        long=d 'de' MMMM 'de' y, h:mm:ss\u{202F}a z
        medium=d MMM y, h:mm:ss\u{202F}a
        short=d/M/y, h:mm\u{202F}a
        UTC=hora universal coordinada

        fr
        M3=janv.|févr.|mars|avr.|mai|juin|juil.|août|sept.|oct.|nov.|déc.
        M4=janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre
        M5=J|F|M|A|M|J|J|A|S|O|N|D
        E3=lun.|mar.|mer.|jeu.|ven.|sam.|dim.
        E4=lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche
        E5=L|M|M|J|V|S|D
        Q3=T1|T2|T3|T4
        Q4=1er trimestre|2e trimestre|3e trimestre|4e trimestre
        G3=BC|ap. J.-C.
        G4=avant Jésus-Christ|après Jésus-Christ
        G5=av. J.-C.|ap. J.-C.
        a=AM|PM
        B1=0 du matin|12 de l’après-midi|18 du soir|@0 minuit|@12 midi
        B5=0 nuit|4 mat.|12 ap.m.|18 soir|@0 minuit|@12 midi
        full=EEEE d MMMM y, HH:mm:ss zzzz
        long=d MMMM y, HH:mm:ss z
        medium=d MMM y, HH:mm:ss
        short=dd/MM/y HH:mm
        O=UTC
        UTC=temps universel coordonné
        GMT=heure moyenne de Greenwich

        fr_BE
        full=EEEE d MMMM y, H 'h' mm 'min' ss 's' zzzz
        short=d/MM/yy HH:mm

        fr_CA
        M3=janv.|févr.|mars|avr.|mai|juin|juill.|août|sept.|oct.|nov.|déc.
        L3=janv.|févr.|mars|avr.|mai|juin|juill.|août|sept.|oct.|nov.|déc.
        a=a.m.|p.m.
        B1=0 du mat.|12 après-midi|18 du soir|@0 minuit|@12 midi
        B4=0 du mat.|12 après-midi|18 du soir|@0 minuit|@12 midi
        B5=0 mat.|12 après-midi|18 soir|@0 minuit|@12 midi
        full=EEEE d MMMM y, HH 'h' mm 'min' ss 's' zzzz
        long=d MMMM y, HH 'h' mm 'min' ss 's' z
        medium=d MMM y, HH 'h' mm 'min' ss 's'
        short=y-MM-dd HH 'h' mm

        fr_CH
        B1=0 du mat.|12 de l’ap.m.|18 du soir|@0 min.|@12 midi
        B4=0 du mat.|12 de l’ap.m.|18 du soir|@0 min.|@12 midi
        B5=0 du mat.|12 de l’ap.m.|18 du soir|@0 min.|@12 midi
        full=EEEE, d MMMM y, HH.mm:ss 'h' zzzz
        short=dd.MM.yy HH:mm

        it
        M3=gen|feb|mar|apr|mag|giu|lug|ago|set|ott|nov|dic
        M4=gennaio|febbraio|marzo|aprile|maggio|giugno|luglio|agosto|settembre|ottobre|novembre|\
        dicembre
        M5=G|F|M|A|M|G|L|A|S|O|N|D
        E3=lun|mar|mer|gio|ven|sab|dom
        E4=lunedì|martedì|mercoledì|giovedì|venerdì|sabato|domenica
        E5=L|M|M|G|V|S|D
        Q3=T1|T2|T3|T4
        Q4=1º trimestre|2º trimestre|3º trimestre|4º trimestre
        G3=BC|dopo Cristo
        G4=a.C.|d.C.
        G5=aC|dC
        a=AM|PM
        B1=0 di notte|6 di mattina|12 del pomeriggio|18 di sera|@0 mezzanotte|@12 mezzogiorno
        B5=0 di notte|6 di mattina|12 di pomeriggio|18 di sera|@0 mezzanotte|@12 mezzogiorno
        full=EEEE d MMMM y HH:mm:ss zzzz
        long=d MMMM y HH:mm:ss z
        medium=d MMM y, HH:mm:ss
        short=dd/MM/yy, HH:mm
        O=GMT
        UTC=Tempo coordinato universale
        GMT=Ora del meridiano di Greenwich

        it_CH
        full=EEEE, d MMMM y HH:mm:ss zzzz
        short=dd.MM.yy, HH:mm

        nl
        M3=jan|feb|mrt|apr|mei|jun|jul|aug|sep|okt|nov|dec
        M4=januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|decemb\
        er
        M5=J|F|M|A|M|J|J|A|S|O|N|D
        E3=ma|di|wo|do|vr|za|zo
        E4=maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag
        E5=M|D|W|D|V|Z|Z
        Q3=K1|K2|K3|K4
        Q4=1e kwartaal|2e kwartaal|3e kwartaal|4e kwartaal
        G3=v. Chr.|n. Chr.
        G4=voor Christus|na Christus
        G5=v.C.|n.C.
        a=a.m.|p.m.
        B1=0 ’s nachts|6 ’s ochtends|12 ’s middags|18 ’s avonds|@0 middernacht
        full=EEEE d MMMM y HH:mm:ss zzzz
        long=d MMMM y HH:mm:ss z
        medium=d MMM y HH:mm:ss
        short=dd-MM-y HH:mm
        O=GMT
        UTC=gecoördineerde wereldtijd
        GMT=Greenwich Mean Time

        nl_BE
        short=d/MM/y HH:mm

        pt
        M3=jan.|fev.|mar.|abr.|mai.|jun.|jul.|ago.|set.|out.|nov.|dez.
        M4=janeiro|fevereiro|março|abril|maio|junho|julho|agosto|setembro|outubro|novembro|dezem\
        bro
        M5=J|F|M|A|M|J|J|A|S|O|N|D
        E3=seg.|ter.|qua.|qui.|sex.|sáb.|dom.
        E4=segunda-feira|terça-feira|quarta-feira|quinta-feira|sexta-feira|sábado|domingo
        E5=S|T|Q|Q|S|S|D
        Q3=T1|T2|T3|T4
        Q4=1º trimestre|2º trimestre|3º trimestre|4º trimestre
        G3=a.C.|d.C.
        G4=antes de Cristo|depois de Cristo
        G5=a.C.|d.C.
        a=AM|PM
        B1=0 da madrugada|6 da manhã|12 da tarde|19 da noite|@0 meia-noite|@12 meio-dia
        full=EEEE, d 'de' MMMM 'de' y HH:mm:ss zzzz
        long=d 'de' MMMM 'de' y HH:mm:ss z
        medium=d 'de' MMM 'de' y HH:mm:ss
        short=dd/MM/y HH:mm
        O=GMT
        UTC=Horário Universal Coordenado
        GMT=Horário do Meridiano de Greenwich

        pt_PT
        E3=segunda|terça|quarta|quinta|sexta|sábado|domingo
        c3=segunda|terça|quarta|quinta|sexta|sábado|domingo
        Q3=1.º trimestre|2.º trimestre|3.º trimestre|4.º trimestre
        Q4=1.º trimestre|2.º trimestre|3.º trimestre|4.º trimestre
        q4=1.º trimestre|2.º trimestre|3.º trimestre|4.º trimestre
        a=da manhã|da tarde
        B5=0 madrugada|6 manhã|12 tarde|19 noite|@0 meia-noite|@12 meio-dia
        full=EEEE, d 'de' MMMM 'de' y, HH:mm:ss zzzz
        long=d 'de' MMMM 'de' y, HH:mm:ss z
        medium=dd/MM/y, HH:mm:ss
        short=dd/MM/yy, HH:mm
        UTC=Hora Coordenada Universal
        GMT=Hora de Greenwich

        """
}
